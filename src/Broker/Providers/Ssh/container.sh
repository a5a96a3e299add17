# Above stand the engine, the image and the run. Runs one command of the build's in the image: its folders are at the same places inside.
#   sh container.sh COMMAND
set -u
umask 077
run=$ROOT/runs/$RUN
name=bf-$RUN
command=$1
# The build's variables go in by a file, which no list of processes shows and no build can put a link in the place of. What the image has in its
# path is its own.
variables=$run/control/variables
{
  export -p | grep -Ev '^(export|declare -x) (PATH|PWD|OLDPWD|SHLVL|_)(=|$)' | sed 's/^declare -x /export /'
  cat "$run/control/inside.sh"
  echo build_env
} >"$variables"
inside='. "$0"; cd "$1" && exec /bin/sh -c "$2"'
echo "$ENGINE" >"$run/control/engine"

finish() {
  rm -f "$variables"
  case $ENGINE in buildah) buildah rm "$name" ;; *) "$ENGINE" rm --force "$name" ;; esac >/dev/null 2>&1
}
trap finish EXIT
trap 'exit 143' TERM INT HUP

workspace=$(cat "$run/control/workspace" 2>/dev/null)
cache=$(cat "$run/control/cache" 2>/dev/null)
# Mirrors hold what a job's own clone stands on; nothing in a container writes there, as git outside goes by what it finds in them.
set -- -v "$variables:$variables:ro"
[ ! -d "$ROOT/mirrors" ] || set -- "$@" -v "$ROOT/mirrors:$ROOT/mirrors:ro"
for folder in "$run/source" "$run/home" "$run/tmp" "${cache:-$run/cache}" ${workspace:+"$workspace"}; do
  [ ! -d "$folder" ] || set -- "$@" -v "$folder:$folder"
done

if [ "$ENGINE" = buildah ]; then
  buildah from --quiet --pull=false --name "$name" -- "$IMAGE" >/dev/null || { echo "The image $IMAGE cannot be had."; exit 125; }
  # What the build starts in it ends with the build's own processes.
  buildah run --isolation "${BUILDAH_ISOLATION:-chroot}" "$@" -- "$name" /bin/sh -c "$inside" "$variables" "$PWD" "$command"
else
  "$ENGINE" image inspect "$IMAGE" >/dev/null 2>&1 || "$ENGINE" pull --quiet "$IMAGE" || { echo "The image $IMAGE cannot be had."; exit 125; }
  "$ENGINE" run --rm --name "$name" --label "buildfunctions.run=$RUN" --cap-drop ALL --security-opt no-new-privileges \
    --user "$(id -u):$(id -g)" "$@" "$IMAGE" /bin/sh -c "$inside" "$variables" "$PWD" "$command"
fi
