"""What is decided about people’s rights without a database: pure, tested by properties."""
