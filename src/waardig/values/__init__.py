"""Values: what was weighed, who decided it, which conditions the computer guards, and when a service stops."""
