"""The picture of the spine: painted bones behind one real button for every joint, foramen or interspace."""
