#!/usr/bin/env bash
# Installs what is missing to build and run Hearth (ground.sh run) or to test it, too (ground.sh test), and says plainly
# what it cannot install. Debian packages are installed as root or by a sudo that asks nothing; without either,
# PostgreSQL comes from npm, and browser tests need a chromium from elsewhere.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-run}
mkdir -p artifacts/log

fail() { echo "$*" >&2; exit 1; }

# Runs a command that uses the network; its output is shown when it fails twice.
quietly() {
  local log=artifacts/log/$1.log; shift
  "$@" >"$log" 2>&1 || "$@" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"; else return 1; fi
}

debian() {
  command -v apt-get >/dev/null && as_root true || return 1
  echo "Installing $* ..."
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >artifacts/log/apt.log 2>&1 && return
  as_root apt-get update >artifacts/log/apt.log 2>&1 || true
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >>artifacts/log/apt.log 2>&1
}

# npm ci, when the lock file is not the one that is installed.
packages() {
  local folder=$1 wanted
  wanted=$(sha256sum "$folder/package-lock.json" | cut -d' ' -f1)
  [ "$(cat "$folder/node_modules/.installed" 2>/dev/null)" = "$wanted" ] && return
  echo "Installing the packages of $folder ..."
  quietly "npm-$(echo "$folder" | tr / -)" npm ci --prefix "$folder" --no-audit --no-fund || fail "The packages of $folder could not be installed."
  echo "$wanted" >"$folder/node_modules/.installed"
}

dotnet_sdk() {
  command -v dotnet >/dev/null || fail "The .NET 10 SDK is missing: see https://dotnet.microsoft.com/download/dotnet/10.0."
  case "$(dotnet --version 2>/dev/null)" in
    10.*) ;;
    *) fail "The .NET SDK that is installed is not version 10: see https://dotnet.microsoft.com/download/dotnet/10.0." ;;
  esac
}

node_and_npm() {
  command -v node >/dev/null && command -v npm >/dev/null || debian nodejs npm || fail "Node 20 and npm are missing."
  node -e 'const [a, b] = process.versions.node.split("."); process.exit(+a > 20 || (+a === 20 && +b >= 19) ? 0 : 1)' \
    || fail "Node $(node --version) is too old: 20.19 or newer is needed."
}

has_postgres() {
  if [ -n "${POSTGRES_BIN:-}" ]; then return; fi
  # Tests start a server of their own, whatever database there is.
  if [ -n "${DATABASE_URL:-}" ] && [ "$purpose" = run ]; then return; fi
  local postgres version
  for postgres in /usr/lib/postgresql/*/bin/postgres; do
    version=${postgres#/usr/lib/postgresql/}
    [ -x "$postgres" ] && [ "${version%%/*}" -ge 15 ] && return
  done
  return 1
}

postgres() {
  has_postgres && return
  # Hearth starts a server of its own: Debian's package need not start one, too.
  if [ ! -e /etc/postgresql-common/createcluster.conf ] && command -v apt-get >/dev/null; then
    as_root sh -c 'mkdir -p /etc/postgresql-common && echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf' || true
  fi
  debian postgresql && has_postgres && return
  packages scripts/postgres
}

browser() {
  [ -x "${CHROMIUM:-/usr/bin/chromium}" ] && return
  debian chromium fonts-dejavu-core fonts-noto-color-emoji || echo "No chromium: the browser tests cannot run. Install it, or set CHROMIUM to one." >&2
}

# Debian's client for Socket.IO, which the server's tests try among others; where it cannot be had they go without it.
python_client() {
  /usr/bin/python3 -c 'import socketio, requests, websocket' 2>/dev/null && return
  debian python3-socketio python3-requests python3-websocket || echo "No Python client for Socket.IO: the server is not tried with it."
}

dotnet_sdk
node_and_npm
postgres
if [ -f web/package-lock.json ]; then packages web; fi
if [ "$purpose" = test ] && [ -f tests/browser/package-lock.json ]; then
  packages tests/browser
  browser
fi
if [ "$purpose" = test ] && [ -f tests/Hearth.SocketIO.Tests/clients/package-lock.json ]; then
  packages tests/Hearth.SocketIO.Tests/clients
  python_client
fi
