"""Acting for another: today the administrator (bewindvoerder) by law."""
