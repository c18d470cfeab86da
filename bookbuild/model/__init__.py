"""The document model: what the chapters say of themselves, read once and by all makers' tools."""
