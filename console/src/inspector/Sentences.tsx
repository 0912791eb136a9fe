import type { ProcessGraph, ProcessNode } from '../process/model.ts';
import { sentencesOf, type Piece } from '../process/sentences.ts';
import { texts } from '../ui/texts.ts';

interface SentencesProps {
  readonly node: ProcessNode;
  readonly graph: ProcessGraph;
  readonly onSelect: (nodeId: string) => void;
}

/** What the node does, in words; the nodes it names can be gone to. */
export function Sentences({ node, graph, onSelect }: SentencesProps) {
  const sentences = sentencesOf(node, graph);
  if (sentences.length === 0) {
    const { nothing } = texts.node;
    const said = node.kind === 'start' || node.kind === 'end' ? nothing[node.kind] : nothing.other;
    return <p className="quiet">{said}</p>;
  }
  return (
    <ol className="sentences">
      {sentences.map((sentence, index) => (
        // Sentences are read-only and keep their order, so the position is their identity.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>
          {sentence.map((piece, at) => (
            // oxlint-disable-next-line react/no-array-index-key
            <Part key={at} piece={piece} onSelect={onSelect} />
          ))}
        </li>
      ))}
    </ol>
  );
}

function Part({
  piece,
  onSelect,
}: {
  readonly piece: Piece;
  readonly onSelect: (nodeId: string) => void;
}) {
  switch (piece.kind) {
    case 'words':
      return piece.text;
    case 'value':
      return <code className="said">{piece.text}</code>;
    case 'node':
      return (
        <button type="button" className="node-link" onClick={() => onSelect(piece.nodeId)}>
          {piece.title || texts.canvas.untitled}
        </button>
      );
  }
}
