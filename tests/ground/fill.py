"""`python -m tests.ground.fill`: writes the cast into a migrated database, as the runtime role."""

import django


def main() -> None:
    """Run once for each template database."""
    django.setup()

    from tests.ground.cast import write_cast

    write_cast()


if __name__ == "__main__":
    main()
