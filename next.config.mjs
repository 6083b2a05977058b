/** @type {import("next").NextConfig} */
const config = {
  // `/o/token` and `/o/token/` both reach the handler: a redirected POST loses its body in most clients.
  skipTrailingSlashRedirect: true,
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // `npm test`, `npm run check` and the commit hook check types, including those of tests, which the build would
  // otherwise do at each start.
  typescript: { ignoreBuildErrors: true },
  // `npm run dev` would print each address, including the IDs of pending requests and the token of the setup link.
  logging: { incomingRequests: false },
  serverExternalPackages: ["pino", "piscina", "bcryptjs", "hash-wasm", "pg"],
};

export default config;
