"""A whole evening without people: on paper in virtual time, or spoken into a simulated room."""
