/** The messages of one field, each on its own line. */
export function ErrorLines({ message }: { message: string }) {
  return message.split("\n").map((line) => (
    <span key={line} className="block">
      {line}
    </span>
  ));
}
