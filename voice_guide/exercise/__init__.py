"""What authors write: typed steps, their loader, and the flat program made of them."""
