import { authMethodOf, isPlain, type QuickStartFacts, signsUsersIn } from "../facts";
import { exportSecrets, lines, type QuickStart, quote, sitePaths } from "../quick-start";

/** ASP.NET Core with its own OpenID Connect handler, which sends the secret in the body. */
export function writeAspNet(facts: QuickStartFacts): QuickStart | null {
  if (!isPlain(facts) || !signsUsersIn(facts)) return null;
  // The handler has no other way.
  if (facts.application.tokenEndpointAuthMethod !== null && authMethodOf(facts) === "client_secret_basic") return null;
  return {
    files: [
      { path: "example.csproj", code: project },
      { path: "Program.cs", code: writeProgram(facts) },
    ],
    commands: [...exportSecrets(facts), `dotnet run --urls http://${facts.host}:${facts.port}`],
    open: `${facts.origin}${sitePaths(facts).home}`,
    redirectUri: facts.redirectUri,
  };
}

const project = lines(
  '<Project Sdk="Microsoft.NET.Sdk.Web">',
  "  <PropertyGroup>",
  "    <TargetFramework>net8.0</TargetFramework>",
  "    <ImplicitUsings>enable</ImplicitUsings>",
  "    <Nullable>enable</Nullable>",
  "  </PropertyGroup>",
  "  <ItemGroup>",
  '    <PackageReference Include="Microsoft.AspNetCore.Authentication.OpenIdConnect" Version="8.0.*" />',
  "  </ItemGroup>",
  "</Project>",
);

function writeProgram(facts: QuickStartFacts): string {
  const { home } = sitePaths(facts);
  return lines(
    "using System.Security.Claims;",
    "using Microsoft.AspNetCore.Authentication.Cookies;",
    "using Microsoft.AspNetCore.Authentication.OpenIdConnect;",
    "",
    "var builder = WebApplication.CreateBuilder(args);",
    "builder.Services",
    "    .AddAuthentication(options =>",
    "    {",
    "        options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;",
    "        options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;",
    "    })",
    "    .AddCookie()",
    "    .AddOpenIdConnect(options =>",
    "    {",
    `        options.Authority = ${quote(facts.issuer)};`,
    facts.isOverHttp && "        // Only while the issuer isn't on https.",
    facts.isOverHttp && "        options.RequireHttpsMetadata = false;",
    `        options.ClientId = ${quote(facts.clientId)};`,
    !facts.isPublic && '        options.ClientSecret = Environment.GetEnvironmentVariable("CLIENT_SECRET");',
    `        options.CallbackPath = ${quote(facts.callbackPath)};`,
    '        options.ResponseType = "code";',
    '        options.ResponseMode = "query";',
    "        options.UsePkce = true;",
    "        options.MapInboundClaims = false;",
    "        options.GetClaimsFromUserInfoEndpoint = true;",
    "        options.Scope.Clear();",
    ...facts.scope.split(" ").map((name) => `        options.Scope.Add(${quote(name)});`),
    "    });",
    "builder.Services.AddAuthorization();",
    "",
    "var app = builder.Build();",
    "app.UseAuthentication();",
    "app.UseAuthorization();",
    `app.MapGet(${quote(home)}, (ClaimsPrincipal user) =>`,
    '    $"Signed in as {user.FindFirstValue("name") ?? user.FindFirstValue("sub")}").RequireAuthorization();',
    "app.Run();",
  );
}
