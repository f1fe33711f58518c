"""What people do here: each verb writes rows in one transaction and leaves its trail."""
