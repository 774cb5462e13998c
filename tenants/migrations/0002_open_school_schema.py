"""The database opens a school's schema by itself, so that the runtime role needs no right to create anything."""

from django.db import migrations

CREATE = """
CREATE FUNCTION public.open_school_schema(target text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    statement text;
    done integer := 0;
BEGIN
    IF target !~ '^s_[a-z][a-z0-9]{1,19}$' THEN
        RAISE EXCEPTION 'not the name of a school schema: %', target;
    END IF;
    PERFORM 1 FROM public.tenants_school WHERE schema_name = target AND state = 'opening';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no school is being opened as %', target;
    END IF;
    IF to_regnamespace(target) IS NOT NULL THEN
        RAISE EXCEPTION 'schema % is there already', target;
    END IF;
    FOR statement IN SELECT sql FROM public.tenants_templatestatement ORDER BY position LOOP
        EXECUTE replace(statement, '{{school}}', target);
        done := done + 1;
    END LOOP;
    IF done = 0 THEN
        RAISE EXCEPTION 'the template of schools is empty: run manage.py upgrade';
    END IF;
    RETURN done;
END
$body$;
REVOKE ALL ON FUNCTION public.open_school_schema(text) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0001_initial")]
    operations = [
        migrations.RunSQL(
            CREATE, "DROP FUNCTION public.open_school_schema(text)", hints={"floor": "association"}, elidable=False
        )
    ]
