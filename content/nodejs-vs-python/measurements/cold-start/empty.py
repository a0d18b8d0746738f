print("ready", flush=True)
