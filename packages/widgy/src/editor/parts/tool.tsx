/** @jsxImportSource preact */
import { Icon } from './icon.tsx';
import type { IconName } from './icons.ts';

/** A button with a picture; what it does is its name, and shown when it is pointed at. */
export function Tool({
  icon,
  label,
  shortcut,
  isOff = false,
  isPressed,
  onPress,
}: {
  readonly icon: IconName;
  readonly label: string;
  /** As `aria-keyshortcuts` has it. */
  readonly shortcut?: string;
  /** Whether there is nothing to do. It can still be reached, and says so. */
  readonly isOff?: boolean;
  readonly isPressed?: boolean;
  readonly onPress: () => void;
}) {
  return (
    <button
      type="button"
      class="tool"
      aria-label={label}
      aria-disabled={isOff}
      aria-pressed={isPressed}
      aria-keyshortcuts={shortcut}
      title={label}
      onClick={isOff ? undefined : onPress}
    >
      <Icon name={icon} />
    </button>
  );
}
