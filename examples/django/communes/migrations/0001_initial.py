"""The first table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """As ``makemigrations`` wrote it."""

    initial = True
    dependencies = []  # noqa: RUF012 - Django's own way
    operations = [  # noqa: RUF012
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("commune", models.CharField(max_length=20)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("day", models.DateField()),
                ("province", models.CharField(blank=True, max_length=40)),
                ("facts", models.JSONField(blank=True, default=dict)),
                ("decision", models.JSONField(blank=True, editable=False, null=True)),
                ("outcome", models.CharField(blank=True, editable=False, max_length=20)),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("commune", "day"), name="one_assessment_a_day")]},
        )
    ]
