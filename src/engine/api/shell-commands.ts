/** The commands beside kubectl that a line may call: kubectl/shell.ts carries them out, the page shows them without `kubectl` in front. */
export const SHELL_COMMANDS = ['cat', 'echo', 'ls', 'rm', 'touch', 'mkdir'] as const;

/** One of them. */
export type ShellCommandName = (typeof SHELL_COMMANDS)[number];
