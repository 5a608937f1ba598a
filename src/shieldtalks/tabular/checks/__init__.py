"""What is checked: bytes, descriptor, structure, rules, and the reference tool beside us."""
