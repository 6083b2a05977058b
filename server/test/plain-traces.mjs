/**
 * For servers in tests, whose logs nobody reads: tsx enables source maps for the whole process, and those of the build
 * would then take a fifth of the start-up time.
 */
process.setSourceMapsEnabled = () => {};
