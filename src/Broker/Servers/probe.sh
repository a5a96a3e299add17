# What a build server says of itself: one line each of a name and values.
#   sh -c SCRIPT bf ROOT
LC_ALL=C
export LC_ALL
umask 077
root=$1
[ -d /proc/self ] || { echo "trouble It has no /proc, by which processes are told apart: a Linux machine is needed."; exit 0; }
for tool in tar gzip sha256sum find grep setsid; do
  command -v "$tool" >/dev/null 2>&1 || { echo "trouble It lacks $tool, which builds need."; exit 0; }
done
mkdir -p "$root" 2>/dev/null
if [ -L "$root" ] || [ ! -O "$root" ] || [ ! -w "$root" ]; then echo "trouble $root is not a folder of its user, who could not make one either."; exit 0; fi
chmod 700 "$root"
echo "time $(date +%s)"
echo "architecture $(uname -m)"
echo "cores $(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN)"
sed -n 's/^MemTotal: *\([0-9]*\).*/memory \1/p; s/^MemAvailable: *\([0-9]*\).*/free \1/p' /proc/meminfo
echo "disk $(df -Pk "$root" | sed -n '2s/^[^ ]* *\([0-9]*\) *[0-9]* *\([0-9]*\).*/\1 \2/p')"
echo "inodes $(df -Pi "$root" | sed -n '2s/^[^ ]* *[^ ]* *[^ ]* *\([0-9]*\).*/\1/p')"

# A tool that hangs must not hold up the others.
ask() { timeout 5 "$@" </dev/null 2>&1 | head -c 2000; }
version() { sed -n '1s/^[^ ]*[0-9]*-[^ ]* //; s/^[^0-9]*\([0-9][0-9]*\(\.[0-9][0-9]*\)*\).*/\1/p' | head -n 1; }
cross=$(IFS=:; for folder in $PATH; do ls "$folder" 2>/dev/null; done | grep -E '^[a-z0-9_]+-[a-z0-9-]+-(gcc|clang)$' | sort -u | head -n 20)
for tool in gcc g++ clang make cmake ninja ld bc flex bison python3 perl git rustc cargo java node npm dtc $cross; do
  command -v "$tool" >/dev/null 2>&1 && echo "tool $tool $(ask "$tool" --version | sed 's/([^)]*)//g' | version)"
done
command -v go >/dev/null 2>&1 && echo "tool go $(ask go version | version)"

# A client without its daemon is no engine.
for engine in docker podman; do
  command -v "$engine" >/dev/null 2>&1 || continue
  found=$(ask "$engine" info --format '{{.ServerVersion}}{{.Version.Version}}' | version)
  [ "$engine" = docker ] && found=$(ask docker version --format '{{.Server.Version}}' | grep -E '^[0-9]' | version)
  [ "$engine" = podman ] && found=$(ask podman version --format '{{.Client.Version}}' | version)
  [ -z "$found" ] || { echo "engine $engine $found"; exec_engine=$engine; break; }
done
if [ -z "${exec_engine-}" ] && command -v buildah >/dev/null 2>&1; then echo "engine buildah $(ask buildah --version | version)"; fi
ls -1 "$root/caches" "$root/mirrors" 2>/dev/null | grep -E '^[a-z0-9-]{1,63}$' | sort -u | head -n 200 | sed 's/^/warm /'
exit 0
