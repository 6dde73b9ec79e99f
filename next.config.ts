import type { NextConfig } from "next";

const config: NextConfig = {
  output: "standalone",
  reactCompiler: true,
  reactStrictMode: true,
  poweredByHeader: false,
  // Development logs would print the arguments of server actions.
  logging: { serverFunctions: false },
  typescript: { ignoreBuildErrors: process.env["FLEETWRIGHT_SKIP_TYPES"] === "1" },
  async headers() {
    const common = [
      { key: "X-Content-Type-Options", value: "nosniff" },
      { key: "Referrer-Policy", value: "same-origin" },
      { key: "X-Frame-Options", value: "DENY" },
      { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
      { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
      // Browsers heed it over HTTPS only.
      { key: "Strict-Transport-Security", value: "max-age=31536000" },
      { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=()" },
    ];
    return Promise.resolve([{ source: "/:path*", headers: common }]);
  },
};

export default config;
