-- Once, as a superuser: psql -v owner_password=… -v app_password=… -f deploy/postgresql/prepare.sql
-- The owner migrates; the runtime role is what web and job worker are: it owns nothing and creates nothing.
CREATE ROLE houqin_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE houqin_app LOGIN NOINHERIT PASSWORD :'app_password';
CREATE DATABASE houqin OWNER houqin_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C.UTF-8';
REVOKE ALL ON DATABASE houqin FROM PUBLIC;
