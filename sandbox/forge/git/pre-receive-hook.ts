/**
 * The bare repository's `pre-receive` hook. The forge decides before the push what the pusher may do to each
 * protected branch and hands it over in `FORGE_PROTECTED`, one branch a line: ref, whether it may be forced, whether
 * it may be deleted, the refusal for any update ("-" = allowed), and the page of the rules if a ruleset refuses ("-" =
 * classic protection), separated by tabs. The sentences are GitHub's (GH006, GH013).
 */
export const preReceiveHook = `#!/bin/sh
tab=$(printf '\\t')
failed=0
refuse() {
  if [ "$rules" = "-" ]; then
    echo "error: GH006: Protected branch update failed for $1." >&2
  else
    echo "error: GH013: Repository rule violations found for $1." >&2
    echo "Review all repository rules at $rules" >&2
  fi
  echo "" >&2
  echo "- $2" >&2
  failed=1
}
while read -r old new ref; do
  while IFS="$tab" read -r protected force delete refusal rules; do
    [ "$protected" = "$ref" ] || continue
    if [ "$refusal" != "-" ]; then
      refuse "$ref" "$refusal"
    elif [ -z "$(echo "$new" | tr -d 0)" ]; then
      [ "$delete" = "yes" ] || refuse "$ref" "Cannot delete this branch"
    elif [ -n "$(echo "$old" | tr -d 0)" ] && ! git merge-base --is-ancestor "$old" "$new"; then
      [ "$force" = "yes" ] || refuse "$ref" "Cannot force-push to this branch"
    fi
  done <<END
$FORGE_PROTECTED
END
done
exit $failed
`;
