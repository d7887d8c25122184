"""How everything looks: base templates, component tags, filters, built stylesheet."""
