using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>What a class fixes.</summary>
public static class BoxClassSizes
{
    /// <summary>Bytes before the body in a box's plaintext: format, kind, length.</summary>
    internal const int PlaintextHeadSize = 1 + 1 + 2;

    extension(BoxClass boxClass)
    {
        /// <summary>Bytes of the sealed payload: 4,096 or 65,536.</summary>
        public int SealedSize => boxClass switch
        {
            BoxClass.Small => 4_096,
            BoxClass.Large => 65_536,
        };

        /// <summary>Bytes of the plaintext: 4,056 or 65,496.</summary>
        public int PlaintextSize => boxClass.SealedSize - SyntheticAead.Overhead;

        /// <summary>Most bytes of a body: 4,052 or 65,492.</summary>
        public int MaxBodySize => boxClass.PlaintextSize - PlaintextHeadSize;

        /// <summary>Bytes of a whole cell: 4,352 or 65,792.</summary>
        public int CellSize => Cell.HeadSize + boxClass.SealedSize;

        /// <summary>True for the two classes there are.</summary>
        public bool IsKnown => boxClass is BoxClass.Small or BoxClass.Large;
    }
}
