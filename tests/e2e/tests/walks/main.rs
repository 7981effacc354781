//! The walks: the release bundle in Chromium, told as stories.
