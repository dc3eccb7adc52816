"""How far an application has got, from our own tables or from a real platform, behind one interface."""
