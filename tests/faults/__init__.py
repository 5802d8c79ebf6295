"""What breaks while people work: processes killed, disks full, databases gone, many at once (docs/faults.md)."""
