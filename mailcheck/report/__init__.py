"""What people and programs are shown: everything here is made from records."""
