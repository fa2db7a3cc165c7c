/** The kernel of every machine, as its Node, uname and /proc tell it. */
export const KERNEL_RELEASE = '6.12.48';
export const KERNEL_VERSION = '#1 SMP PREEMPT_DYNAMIC';
