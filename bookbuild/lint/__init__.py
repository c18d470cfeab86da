"""The form that every chapter keeps."""
