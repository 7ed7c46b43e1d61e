"""What people say, language by language: yes and no, values and how they are said back, what a text makes known."""
