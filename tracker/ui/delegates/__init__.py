"""How rows and cells of tables are painted."""
