# One stroke.
print("ready")
