using Secrets.Transport.Boxes;

namespace Secrets.Relay.Boxes;

/// <summary>What an answer needs of its request, after the request's bytes are given back.</summary>
internal readonly struct CellHead
{
    /// <summary>Of a request; <paramref name="waitUnits"/> is not zero for one that waited.</summary>
    public CellHead(in BoxRequest request, int charge, int waitUnits = 0)
    {
        Address = request.Address;
        Class = request.Class;
        AllowsShortAnswer = request.AllowsShortAnswer;
        Charge = charge;
        WaitUnits = waitUnits;
    }

    /// <summary>The address asked for.</summary>
    public BoxAddress Address { get; }

    /// <summary>The class asked for.</summary>
    public BoxClass Class { get; }

    /// <summary>True if an answer without a body may be short.</summary>
    public bool AllowsShortAnswer { get; }

    /// <summary>Bytes that the request holds of its connection's budget.</summary>
    public int Charge { get; }

    /// <summary>Units that it holds of its connection's waiting reads.</summary>
    public int WaitUnits { get; }
}
