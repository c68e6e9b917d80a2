# The application and its workers: one image, two commands (compose.yaml).
FROM node:20.20-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends chromium ca-certificates \
  && rm -rf /var/lib/apt/lists/*
ENV CHROMIUM_PATH=/usr/bin/chromium NEXT_TELEMETRY_DISABLED=1
WORKDIR /duken
COPY package.json package-lock.json .npmrc ./
# The lock was made on Linux x64: elsewhere npm must look past it.
RUN if [ "$(uname -m)" = x86_64 ]; then set --; else set -- --no-package-lock; fi \
  && npm install --no-audit --no-fund --include=dev "$@"
COPY . .
RUN npm run build && mkdir -p .data && chown -R node:node .data .next
USER node
ENV NODE_ENV=production NEXT_MANUAL_SIG_HANDLE=true
EXPOSE 3000
# Migrates, tells how to sign in, then serves; exec, so that a stop reaches the server.
CMD ["sh", "-c", "node --import tsx lib/cli/main.ts prepare && exec node node_modules/next/dist/bin/next start -H 0.0.0.0 -p 3000"]
