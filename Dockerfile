# Two steps: the first builds the environment from the locked list, the second carries only what runs.
FROM python:3.12-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/env
COPY requirements.txt /tmp/requirements.txt
RUN /opt/env/bin/pip install --require-hashes -r /tmp/requirements.txt

FROM python:3.12-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation libreoffice-writer-nogui \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home --home-dir /home/office office \
 && install -d -o office -g office /data /static
ENV PATH=/opt/env/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data STATIC_ROOT=/static
COPY --from=build /opt/env /opt/env
WORKDIR /app
COPY manage.py pyproject.toml ./
COPY config config
COPY schools schools
COPY monitoring monitoring
COPY decisions decisions
COPY mentoring mentoring
COPY reports reports
COPY templates templates
COPY static static
USER office
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=40s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/health/', headers={'Host': 'localhost'}), timeout=4)"]
CMD ["gunicorn", "config.wsgi:application", "--bind=0.0.0.0:8000", "--workers=3", "--threads=4", "--timeout=90", "--access-logfile=-"]
