"""What the body of a page is made of."""

from cms.blocks.body import BodyBlock, FilesBlock, PhotosBlock

__all__ = ["BodyBlock", "FilesBlock", "PhotosBlock"]
