import { authMethodOf, isPlain, type QuickStartFacts, signsUsersIn } from "../facts";
import { exportSecrets, lines, type QuickStart, quote, sitePaths } from "../quick-start";

/** Spring Boot with Spring Security. */
export function writeSpringBoot(facts: QuickStartFacts): QuickStart | null {
  if (!isPlain(facts) || !signsUsersIn(facts)) return null;
  return {
    files: [
      { path: "pom.xml", code: pom },
      { path: "src/main/resources/application.yaml", code: writeProperties(facts) },
      { path: "src/main/java/example/Application.java", code: writeApplication(facts) },
    ],
    commands: [...exportSecrets(facts), "mvn spring-boot:run"],
    open: `${facts.origin}${sitePaths(facts).home}`,
    redirectUri: facts.redirectUri,
  };
}

const starters = ["web", "oauth2-client"];

const pom = lines(
  '<?xml version="1.0" encoding="UTF-8"?>',
  '<project xmlns="http://maven.apache.org/POM/4.0.0">',
  "  <modelVersion>4.0.0</modelVersion>",
  "  <parent>",
  "    <groupId>org.springframework.boot</groupId>",
  "    <artifactId>spring-boot-starter-parent</artifactId>",
  "    <version>3.5.7</version>",
  "  </parent>",
  "  <groupId>example</groupId>",
  "  <artifactId>example</artifactId>",
  "  <version>1</version>",
  "  <dependencies>",
  ...starters.flatMap((name) => [
    "    <dependency>",
    "      <groupId>org.springframework.boot</groupId>",
    `      <artifactId>spring-boot-starter-${name}</artifactId>`,
    "    </dependency>",
  ]),
  "  </dependencies>",
  "  <build>",
  "    <plugins>",
  "      <plugin>",
  "        <groupId>org.springframework.boot</groupId>",
  "        <artifactId>spring-boot-maven-plugin</artifactId>",
  "      </plugin>",
  "    </plugins>",
  "  </build>",
  "</project>",
);

function writeProperties(facts: QuickStartFacts): string {
  return lines(
    "server:",
    `  port: ${facts.port}`,
    "  forward-headers-strategy: native",
    "spring:",
    "  security:",
    "    oauth2:",
    "      client:",
    "        registration:",
    "          latchkey:",
    `            client-id: ${quote(facts.clientId)}`,
    !facts.isPublic && "            client-secret: ${CLIENT_SECRET}",
    `            client-authentication-method: ${authMethodOf(facts)}`,
    "            authorization-grant-type: authorization_code",
    `            redirect-uri: ${quote(facts.redirectUri)}`,
    `            scope: [${facts.scope.split(" ").map(quote).join(", ")}]`,
    "        provider:",
    "          latchkey:",
    `            issuer-uri: ${quote(facts.issuer)}`,
    "            user-name-attribute: sub",
  );
}

function writeApplication(facts: QuickStartFacts): string {
  return lines(
    "package example;",
    "",
    "import org.springframework.boot.SpringApplication;",
    "import org.springframework.boot.autoconfigure.SpringBootApplication;",
    "import org.springframework.context.annotation.Bean;",
    "import org.springframework.security.config.annotation.web.builders.HttpSecurity;",
    "import org.springframework.security.core.annotation.AuthenticationPrincipal;",
    "import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;",
    "import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;",
    "import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;",
    "import org.springframework.security.oauth2.core.oidc.user.OidcUser;",
    "import org.springframework.security.web.SecurityFilterChain;",
    "import org.springframework.web.bind.annotation.GetMapping;",
    "import org.springframework.web.bind.annotation.RestController;",
    "",
    "@SpringBootApplication",
    "@RestController",
    "public class Application {",
    "    public static void main(String[] arguments) {",
    "        SpringApplication.run(Application.class, arguments);",
    "    }",
    "",
    `    @GetMapping(value = ${quote(sitePaths(facts).home)}, produces = "text/plain;charset=utf-8")`,
    "    public String home(@AuthenticationPrincipal OidcUser user) {",
    '        return "Signed in as " + (user.getFullName() != null ? user.getFullName() : user.getSubject());',
    "    }",
    "",
    "    @Bean",
    "    SecurityFilterChain security(HttpSecurity http, ClientRegistrationRepository clients) throws Exception {",
    '        var resolver = new DefaultOAuth2AuthorizationRequestResolver(clients, "/oauth2/authorization");',
    "        resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());",
    "        return http",
    "            .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())",
    "            .oauth2Login(login -> login",
    "                .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(resolver))",
    `                .redirectionEndpoint(endpoint -> endpoint.baseUri(${quote(facts.callbackPath)})))`,
    "            .build();",
    "    }",
    "}",
  );
}
