/**
 * The most that comparing with an imported hash may cost, in units of `toWork`: two seconds on a machine of 2020.
 * Without a bound, one imported account could keep a thread busy for as long as its hash says.
 */
export const highestWork = 2 ** 14;

/** The most memory that one comparison may take, in bytes. Each of the threads can need it at the same time. */
export const highestMemory = 128 * 1024 * 1024;
