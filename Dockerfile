# One image for web, worker, practice and release; compose names the command. No secret is needed to build it or lies in it.
FROM python:3.13-slim-trixie

# Debian keeps no older versions of these, so a pin would break the build within weeks.
# libfribidi0: text shaping. postgresql-client-17: backups; at least the server's version.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends libfribidi0 postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --shell /usr/sbin/nologin loopdesk \
    && install -d -o loopdesk -g loopdesk -m 0700 /data /backups

WORKDIR /srv/loopdesk
COPY requirements.txt ./
RUN sed '/^# What .\/test adds/,$d' requirements.txt > /tmp/product.txt \
    && pip install --no-cache-dir -r /tmp/product.txt \
    && rm /tmp/product.txt
COPY app.py pyproject.toml ./
COPY .streamlit .streamlit
COPY docs/proof.json docs/proof.json
COPY migrations migrations
COPY pages pages
COPY services services
COPY worker worker

ENV HOME=/tmp \
    LOOPDESK_DATA=/data \
    BACKUP_FOLDER=/backups \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8501/healthz', timeout=4)"]
CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8501", "--log-level", "warning", "--proxy-headers"]
