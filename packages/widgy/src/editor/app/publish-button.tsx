/** @jsxImportSource preact */
import { useEffect, useId, useMemo } from 'preact/hooks';
import { versionsApi } from '../history/versions-api.ts';
import { followOnSite } from '../publish/on-site.ts';
import type { Session } from '../session/session.ts';

/** Opens what publishes, and says what visitors see beside the draft. It stands out while there is something to publish. */
export function PublishButton({
  session,
  onPress,
}: {
  readonly session: Session;
  readonly onPress: () => void;
}) {
  const { data, words } = session;
  const id = useId();
  const following = useMemo(
    () => followOnSite({ session, api: versionsApi(data.api, data.document) }),
    [session, data],
  );
  useEffect(() => following.end, [following]);
  const onSite = following.onSite.value;
  return (
    <div class="bar-publish">
      <span id={id} class="bar-site" data-site={onSite}>
        {words.publishing.onSite[onSite]}
      </span>
      <button
        type="button"
        class={onSite === 'same' ? undefined : 'primary'}
        aria-describedby={id}
        onClick={onPress}
      >
        {words.publishing.publish}
      </button>
    </div>
  );
}
