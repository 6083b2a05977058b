/**
 * For servers of tests, whose logs nobody reads: tsx switches source maps on for the whole process, and those of the
 * build then cost a start a fifth of its time.
 */
process.setSourceMapsEnabled = () => {};
