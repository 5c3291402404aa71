"""The desk of service designers: drafts, their difference and preview, and the versions that were live."""
