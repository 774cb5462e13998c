#!/bin/sh
# Brings .venv up to date with a lock file and runs Python in it: sh deploy/in_venv.sh requirements.txt -m deploy.demo
# A call where nothing changed costs one short Python start.

lock=$1
shift
# The seconds a person reads count from here.
HOUQIN_STARTED_AT=${HOUQIN_STARTED_AT:-$(date +%s)}
export HOUQIN_STARTED_AT
# What a person's shell says about other Pythons must not reach this one.
unset PYTHONPATH PYTHONHOME PYTHONSTARTUP PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV VIRTUAL_ENV

if .venv/bin/python -I -c '' 2>/dev/null; then
    python=.venv/bin/python
else
    python=$(sh deploy/python.sh) || exit 1
fi
"$python" -m deploy.venv "$lock" || exit 1
exec .venv/bin/python "$@"
