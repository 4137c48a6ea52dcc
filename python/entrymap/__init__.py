from entrymap._entrymap import *  # noqa: F403
