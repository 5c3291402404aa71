"""How answers are checked, split into parts and told, and which page comes next. Pure."""
