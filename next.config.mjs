/** @type {import("next").NextConfig} */
const config = {
  // `/o/token` and `/o/token/` both reach the handler: a redirected POST loses its body in most clients.
  skipTrailingSlashRedirect: true,
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // `npm test`, `npm run check` and the commit hook check types, tests included, which would otherwise be part of a
  // start.
  typescript: { ignoreBuildErrors: true },
  // `npm run dev` would print each address, with the ids of pending requests and the token of the set-up link in it.
  logging: { incomingRequests: false },
  serverExternalPackages: ["pino", "piscina", "bcryptjs", "pg"],
};

export default config;
