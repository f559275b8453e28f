"""What can be known of a change that is proposed, and of what it does to the network."""
