"""The use cases of the desk, one class per noun, bundled for the screens."""
