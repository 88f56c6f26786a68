using Secrets.Crypto;

namespace Secrets.Protocol.Chains;

/// <summary>Which of several branches stands (decision 5). A function of the set of links: the order of arrival has no part in it.</summary>
/// <remarks>
/// (1) a branch that revokes the signer of another beats it; (2) if both do, the more senior signer, the recovery key before
/// every device; (3) among those that nothing beats, the lower hash of the first link. Spec: docs/protocol/chains.md §4.4.
/// </remarks>
internal static class ForkRules
{
    /// <summary>The winner among the children of one node; their own forks must have been decided.</summary>
    public static ChainNode? Decide(ChainNode parent)
    {
        var branches = parent.Children;
        if (branches.Count <= 1)
            return branches.FirstOrDefault();
        var unbeaten = branches.Where(x => !branches.Any(y => Beats(y, x, parent.Position))).ToList();
        if (unbeaten.Count > 0)
            return unbeaten.Aggregate(LowerHash);
        // a circle of revocations: seniority decides among all of it
        return branches.Aggregate((x, y) => Rank(x, parent.Position).CompareTo(Rank(y, parent.Position)) switch
        {
            < 0 => x,
            > 0 => y,
            _ => LowerHash(x, y),
        });
    }

    private static bool Beats(ChainNode y, ChainNode x, ChainPosition at)
    {
        if (ReferenceEquals(x, y) || !Revokes(y, SignerOf(x)))
            return false;
        return !Revokes(x, SignerOf(y)) || Rank(y, at) < Rank(x, at);
    }

    /// <summary>Whether the standing links of a branch revoke a device, or replace a recovery key.</summary>
    private static bool Revokes(ChainNode branch, Ed25519PublicKey signer)
    {
        for (var node = branch; node?.Link is not null; node = node.Winner)
        {
            foreach (var operation in node.Link.Operations)
            {
                var revoked = operation.Kind switch
                {
                    LinkOperationKind.Revoke => operation.Key == signer,
                    LinkOperationKind.ReplaceRecovery => node.Link.Signer == signer,
                    LinkOperationKind.AddDevice or LinkOperationKind.Unknown => false,
                };
                if (revoked)
                    return true;
            }
        }

        return false;
    }

    private static ChainNode LowerHash(ChainNode x, ChainNode y) => x.Hash.CompareTo(y.Hash) <= 0 ? x : y;

    private static int Rank(ChainNode branch, ChainPosition at) => at.Rank(SignerOf(branch)) ?? int.MaxValue;

    // only the root of the tree has no link, and it is nobody's child
    private static Ed25519PublicKey SignerOf(ChainNode branch) => branch.Link!.Signer;
}
