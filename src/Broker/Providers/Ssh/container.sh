# Above stand the engine and the image. Runs one command of the build's in the image: its folders are at the same places inside.
#   sh container.sh COMMAND
set -u
umask 077
run=$BUILDFUNCTIONS_ROOT/runs/$BUILDFUNCTIONS_RUN
name=bf-$BUILDFUNCTIONS_RUN
command=$1
# The build's variables go in by a file, which no list of processes shows. What the image has in its path is its own.
variables=$run/tmp/variables.$$
export -p | grep -Ev '^(export|declare -x) (PATH|PWD|OLDPWD|SHLVL|_)(=|$)' | sed 's/^declare -x /export /' >"$variables"
inside='. "$0"; cd "$1" && exec /bin/sh -c "$2"'
echo "$ENGINE" >"$run/control/engine"

finish() {
  rm -f "$variables"
  case $ENGINE in buildah) buildah rm "$name" ;; *) "$ENGINE" rm --force "$name" ;; esac >/dev/null 2>&1
}
trap finish EXIT
trap 'exit 143' TERM INT HUP

workspace=$(cat "$run/control/workspace" 2>/dev/null)
set --
for folder in "$run/source" "$run/home" "$run/tmp" "$BUILDFUNCTIONS_ROOT/caches" ${workspace:+"$workspace"}; do
  [ ! -d "$folder" ] || set -- "$@" -v "$folder:$folder"
done

if [ "$ENGINE" = buildah ]; then
  buildah from --quiet --pull=false --name "$name" -- "$IMAGE" >/dev/null || { echo "The image $IMAGE cannot be had."; exit 125; }
  # What the build starts in it ends with the build's own processes.
  buildah run --isolation "${BUILDAH_ISOLATION:-chroot}" "$@" -- "$name" /bin/sh -c "$inside" "$variables" "$PWD" "$command"
else
  "$ENGINE" image inspect "$IMAGE" >/dev/null 2>&1 || "$ENGINE" pull --quiet "$IMAGE" || { echo "The image $IMAGE cannot be had."; exit 125; }
  "$ENGINE" run --rm --name "$name" --label "buildfunctions.run=$BUILDFUNCTIONS_RUN" --cap-drop ALL --security-opt no-new-privileges \
    --user "$(id -u):$(id -g)" "$@" "$IMAGE" /bin/sh -c "$inside" "$variables" "$PWD" "$command"
fi
